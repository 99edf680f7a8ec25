"""The simulator: public, stateless. What is typed comes back in the answer, nothing is kept on the server."""
