from django.urls import URLPattern, path

from accounts.views.confirm import confirm
from accounts.views.erase import erase, erased
from accounts.views.home import home
from accounts.views.sign_in import sign_in
from accounts.views.sign_out import sign_out

app_name = "accounts"
urlpatterns: list[URLPattern] = [
    path("", home, name="home"),
    path("sign-in/", sign_in, name="sign_in"),
    path("confirm/", confirm, name="confirm"),
    path("sign-out/", sign_out, name="sign_out"),
    path("erase/", erase, name="erase"),
    path("erased/", erased, name="erased"),
]
