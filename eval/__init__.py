"""Measuring: suites, figures with their machine, contact sheets. Imports assistant, is imported by nothing."""
