"""The demo account: a believable managed service provider, told through the product's own actions."""
