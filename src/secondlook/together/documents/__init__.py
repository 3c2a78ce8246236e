"""Pages as Textract tells of them: from lines of text with their places to blocks. Pure.

`page.page_of` reads what an endpoint answers, `layout` turns it upright, `pairs`, `marks` and `tables` say what stands for
what, and `blocks` writes it down. Each rule says how sure it is, because that is what people are asked to look at.
"""
