"""The models a recipe can start from. `tiny` is built from nothing, without a model hub."""
