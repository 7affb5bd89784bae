"""Reads of surveys, shaped for their purpose."""
