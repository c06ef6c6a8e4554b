"""The demo catalogue (drawn products) and the training of the bundled model, `vitrine-mini`."""
