"""The record step: one module per noun, one function per act."""
