"""`/styleguide/`, for staff: every token and every component with its states, light beside dark.

It draws nothing of its own: tokens are read from `static/css/tokens.css`, components are rendered
by the shop's own templates with things that are made up (`samples`). Each part of the shop may
append to `specimens.SPECIMENS`; search does so when it starts.
"""
