"""The Reports screen: figures of a span for the DSL and the head, with plots, and copies of them."""
