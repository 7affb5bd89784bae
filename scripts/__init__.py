"""What `./run` calls: the demo, the embedded database, assets, catalogues and checks. Not part of the package."""
