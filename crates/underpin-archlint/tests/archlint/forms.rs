//! The forms of a report and of a picture.
