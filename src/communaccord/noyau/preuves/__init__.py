"""Certificates read again without the solver: exact arithmetic, a page of code each, nothing imported but `exact`."""
