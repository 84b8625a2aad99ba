"""Report → pages: `pages` knows no generator; `plugin` and what it calls hand them to MkDocs."""
