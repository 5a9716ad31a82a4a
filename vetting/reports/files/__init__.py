"""Files of reports: told by their content, cleaned in a process apart, sealed in parts. The cleaners know no Django."""
