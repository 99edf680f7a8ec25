"""What each page shows, ready for its template: sentences, lines, figures, never a request nor a rule of law."""
