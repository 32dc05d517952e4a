"""`{% load design_forms %}`: what the form pack asks about a field."""

from django import template

from design import fields

register = template.Library()
register.filter("shape", fields.shape)
register.filter("first_control", fields.first_control)
register.filter("described_by", fields.described_by)
register.filter("options", fields.options)
register.filter("problems", fields.problems)
register.simple_tag(fields.control, name="control")
