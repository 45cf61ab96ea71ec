"""What States owe the Committee on the Rights of the Child under the OPSC: when, why, and says who."""

__version__ = "0.1.0"
