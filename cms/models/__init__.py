"""The pages that are not about one consultation, and where they stand in the frame of every page."""

from cms.models.home import HomePage
from cms.models.navigation import Navigation, NavigationLine
from cms.models.news import NewsIndexPage, NewsPage
from cms.models.standard import StandardPage

__all__ = ["HomePage", "Navigation", "NavigationLine", "NewsIndexPage", "NewsPage", "StandardPage"]
