"""What is about HTTP and pages, and nothing about vetting: headers, forms, text, template tags, error pages."""
