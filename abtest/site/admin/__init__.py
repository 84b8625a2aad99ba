"""`/admin`: editing in the browser with Decap CMS, only where mkdocs.yml asks for it."""

from abtest.site.admin.assets import Place, Wish, admin_assets

__all__ = ["Place", "Wish", "admin_assets"]
