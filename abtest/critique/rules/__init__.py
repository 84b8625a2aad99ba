"""One file a rule; its docstring is its page, its examples are its tests."""
