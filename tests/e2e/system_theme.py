"""The window follows the desktop between light and dark while it runs, and takes the desktop's choice
at the start. The portal is played by this script, on the virtual desktop's own bus.

    scripts/virtual-desktop /usr/bin/python3 tests/e2e/system_theme.py BIN_DIR PICTURES_DIR
"""

import subprocess
import threading

from gi.repository import Gio, GLib

import desktop

DARK, LIGHT = 1, 2
SETTINGS = '''<node><interface name="org.freedesktop.portal.Settings">
  <method name="Read"><arg type="s" direction="in"/><arg type="s" direction="in"/>
    <arg type="v" direction="out"/></method>
  <signal name="SettingChanged"><arg type="s"/><arg type="s"/><arg type="v"/></signal>
</interface></node>'''
PATH = '/org/freedesktop/portal/desktop'
SCHEME = ('org.freedesktop.appearance', 'color-scheme')


class Portal:
    def __init__(self):
        self.scheme = DARK
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        interface = Gio.DBusNodeInfo.new_for_xml(SETTINGS).interfaces[0]
        self.bus.register_object(PATH, interface, self._call, None, None)
        owned = threading.Event()
        Gio.bus_own_name_on_connection(self.bus, 'org.freedesktop.portal.Desktop',
                                       Gio.BusNameOwnerFlags.NONE, lambda *_: owned.set(), None)
        threading.Thread(target=GLib.MainLoop().run, daemon=True).start()
        if not owned.wait(desktop.PATIENCE):
            raise desktop.Missing('the name of the portal')

    def _call(self, _bus, _caller, _path, _interface, _method, _arguments, call):
        # Read answers with a variant in a variant, the signal with one.
        value = GLib.Variant('v', GLib.Variant('u', self.scheme))
        call.return_value(GLib.Variant('(v)', (value,)))

    def choose(self, scheme):
        self.scheme = scheme
        self.bus.emit_signal(None, PATH, 'org.freedesktop.portal.Settings', 'SettingChanged',
                             GLib.Variant('(ssv)', (*SCHEME, GLib.Variant('u', scheme))))


def brightness(program):
    """Of the window's upper left corner, 0 to 1."""
    told = subprocess.run(
        ['import', '-window', program.window, '-crop', '40x40+0+0', '-resize', '1x1!',
         '-format', '%[fx:lightness]', 'info:'], capture_output=True, text=True).stdout
    return float(told or 'nan')


def tour():
    portal = Portal()
    with desktop.one_window() as (program, shoot, _):
        desktop.wait_for('the dark window', lambda: brightness(program) < 0.3)
        shoot('dark')
        portal.choose(LIGHT)
        desktop.wait_for('the light window', lambda: brightness(program) > 0.8)
        shoot('light')
    print('The window has followed the desktop.')


desktop.main(tour)
