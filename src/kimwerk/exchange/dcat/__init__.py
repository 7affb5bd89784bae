"""DCAT-AP.de 3.0: the catalogue in which portals of open data find what was published (https://www.dcat-ap.de)."""
