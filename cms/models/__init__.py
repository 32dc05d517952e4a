"""The pages that are not about one consultation."""

from cms.models.home import HomePage
from cms.models.news import NewsIndexPage, NewsPage
from cms.models.standard import StandardPage

__all__ = ["HomePage", "NewsIndexPage", "NewsPage", "StandardPage"]
