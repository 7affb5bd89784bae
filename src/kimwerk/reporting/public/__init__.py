"""Publishing the tables of a released edition: protected, frozen, readable without sign-in."""
