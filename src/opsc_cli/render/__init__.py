"""Results as text: one small module a format. Nothing here computes, and nothing prints."""
