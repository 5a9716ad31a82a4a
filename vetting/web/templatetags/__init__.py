"""Template tags: `ui` for the parts of a page, `ui_forms` for forms."""
