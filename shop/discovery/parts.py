"""Places where another app adds to what search engines are told. It appends in its
`AppConfig.ready()`."""

front_pages: list[str] = []  # names of addresses of pages that belong into the sitemap
uncrawled: list[str] = []  # paths that robots.txt closes, in its own words (`*` and `$`)
