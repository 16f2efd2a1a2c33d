"""How tests build what they need: `make.<thing>()`, through the product's own actions."""
