"""Findings in the editor: what stands in open files, what models suspect, what a review found.

`findings` is what a session keeps of it, and the way in, on top of `following`, which hears of
changes; `board` holds what is known, and moves it with the text; `looking` asks the engine,
`schedule` says when; `delivery` tells the client, by the one way that it understands.
"""
