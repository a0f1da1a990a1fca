//! Editors' own suites.
