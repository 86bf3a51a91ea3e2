"""Who must do what by when: the directives of a document (annotation.md section 5).

``parties`` finds who is named in a unit and in which part, ``inherit`` what headings, lead-ins
and closing sentences say for it, ``products`` what is to be delivered; ``build`` puts a
:class:`congvan.document.Directive` together.
"""
