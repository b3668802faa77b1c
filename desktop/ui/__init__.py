"""The windows, pages and questions. Qt lives only here and where the program is put together."""
