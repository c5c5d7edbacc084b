"""A page of figures and charts, as HTML with drawings or as Markdown."""
