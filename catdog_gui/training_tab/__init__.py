"""The training tab: a page that shows, and a controller that wires it to the domain."""
