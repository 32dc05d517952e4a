from django.urls import URLPattern, path

from accounts.views.confirm import confirm
from accounts.views.desk import desk
from accounts.views.erase import erase, erased
from accounts.views.factors import add_app, add_passkey, factors, recovery_codes, remove_factor
from accounts.views.home import home
from accounts.views.second_factor import passkey, second_factor
from accounts.views.sign_in import sign_in
from accounts.views.sign_out import sign_out

app_name = "accounts"
urlpatterns: list[URLPattern] = [
    path("", home, name="home"),
    path("sign-in/", sign_in, name="sign_in"),
    path("sign-in/desk/", desk, name="desk"),
    path("second-factor/", second_factor, name="second_factor"),
    path("second-factor/passkey/", passkey, name="passkey"),
    path("second-factor/mine/", factors, name="factors"),
    path("second-factor/mine/app/", add_app, name="add_app"),
    path("second-factor/mine/passkey/", add_passkey, name="add_passkey"),
    path("second-factor/mine/codes/", recovery_codes, name="recovery_codes"),
    path("second-factor/mine/<int:key>/remove/", remove_factor, name="remove_factor"),
    path("confirm/", confirm, name="confirm"),
    path("sign-out/", sign_out, name="sign_out"),
    path("erase/", erase, name="erase"),
    path("erased/", erased, name="erased"),
]
