from django.urls import URLPattern, path

from accounts.views.addresses import addresses, confirm_address, remove_address
from accounts.views.confirm import confirm
from accounts.views.desk import desk
from accounts.views.erase import erase, erased
from accounts.views.factors import add_app, add_passkey, factors, recovery_codes, remove_factor
from accounts.views.home import home
from accounts.views.my_data import download, my_data
from accounts.views.profile import profile
from accounts.views.second_factor import passkey, second_factor
from accounts.views.sessions import end_one, end_others, sessions
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
    path("profile/", profile, name="profile"),
    path("addresses/", addresses, name="addresses"),
    path("addresses/confirm/", confirm_address, name="confirm_address"),
    path("addresses/<int:number>/remove/", remove_address, name="remove_address"),
    path("sessions/", sessions, name="sessions"),
    path("sessions/<int:number>/end/", end_one, name="end_session"),
    path("sessions/end-others/", end_others, name="end_others"),
    path("my-data/", my_data, name="my_data"),
    path("my-data/samvad-my-data.zip", download, name="download"),
    path("sign-out/", sign_out, name="sign_out"),
    path("erase/", erase, name="erase"),
    path("erased/", erased, name="erased"),
]
