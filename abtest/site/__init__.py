"""Report → pages: `pages` knows no generator, `plugin` is the only module that knows MkDocs."""
