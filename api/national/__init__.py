"""The national minimum API: documents under their DocCode, with the metadata of the guidance and of
NĐ 30/2020. ``docs/api.md`` says how it is used and what of it is certain."""
