"""Files ⇄ model: reading strictly, writing one line, asking git what happened."""
