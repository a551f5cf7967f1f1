#include "widgets/theme.h"

namespace confab {

// The look's colour table, token by token.

ThemeColors ThemeColors::light()
{
    ThemeColors c;
    c.window = QColor(0xF3F5F6);
    c.panel = QColor(0xFFFFFF);
    c.raised = QColor(0xFFFFFF);
    c.hover = QColor(0xE8ECEE);
    c.pressed = QColor(0xDDE3E6);
    c.hoverRaised = QColor(0xF0F3F4);
    c.pressedRaised = QColor(0xE3E8EA);
    c.selected = QColor(0xD2E6E9);
    c.selInactive = QColor(0xE1E6E9);
    c.text = QColor(0x172126);
    c.text2 = QColor(0x52606A);
    c.disabled = QColor(0x78848C);
    c.accent = QColor(0x0B6472);
    c.accentHover = QColor(0x095864);
    c.accentPressed = QColor(0x074A54);
    c.accentText = QColor(0x0B6472);
    c.onAccent = QColor(0xFFFFFF);
    c.own = QColor(0xD6EBEE);
    c.ownMeta = QColor(0x40606A);
    c.other = QColor(0xEDF0F2);
    c.otherMeta = QColor(0x52606A);
    c.quoteOwn = QColor(0xC3DFE4);
    c.quoteOther = QColor(0xE0E5E8);
    c.link = QColor(0x0A5A9C);
    c.unread = QColor(0x0B6472);
    c.onUnread = QColor(0xFFFFFF);
    c.muted = QColor(0xCDD5D9);
    c.onMuted = QColor(0x38454C);
    c.tickRead = QColor(0x0066A8);
    c.success = QColor(0x1A7044);
    c.online = QColor(0x1F7D4C);
    c.warning = QColor(0x7F5200);
    c.warningBg = QColor(0xFDF1D6);
    c.danger = QColor(0xB3261E);
    c.dangerFill = QColor(0xB3261E);
    c.dangerBg = QColor(0xFBE6E4);
    c.divider = QColor(0xDFE4E7);
    c.border = QColor(0x7F8C94);
    c.focus = QColor(0x0B6472);
    c.selection = QColor(0xA9D6DD);
    c.code = QColor(0xF1F4F5);
    c.codeOwn = QColor(0xC9E2E6);
    c.codeKey = QColor(0x0B6472);
    c.codeStr = QColor(0x7F5200);
    c.mark = QColor(0xFBE3A1);
    c.scrim = QColor(0x17, 0x21, 0x26, 82);
    c.hueFill = {QColor(0xAE4F47), QColor(0x8F6410), QColor(0x697318), QColor(0x3B7B4A),
        QColor(0x227A7A), QColor(0x3B6AB0), QColor(0x7558B2), QColor(0xA54A81)};
    c.hueText = {QColor(0x9E3F37), QColor(0x7E560A), QColor(0x586110), QColor(0x2C6B3C),
        QColor(0x12686A), QColor(0x2C5B9F), QColor(0x684AA6), QColor(0x943A72)};
    return c;
}

ThemeColors ThemeColors::dark()
{
    ThemeColors c;
    c.window = QColor(0x171B1E);
    c.panel = QColor(0x1C2124);
    c.raised = QColor(0x242A2E);
    c.hover = QColor(0x22282C);
    c.pressed = QColor(0x2A3136);
    c.hoverRaised = QColor(0x2E353A);
    c.pressedRaised = QColor(0x333B40);
    c.selected = QColor(0x1F3B41);
    c.selInactive = QColor(0x2A3136);
    c.text = QColor(0xDFE4E7);
    c.text2 = QColor(0x9AA7AE);
    c.disabled = QColor(0x727E86);
    c.accent = QColor(0x1F7D8A);
    c.accentHover = QColor(0x1B707C);
    c.accentPressed = QColor(0x16606B);
    c.accentText = QColor(0x64BFCB);
    c.onAccent = QColor(0xFFFFFF);
    c.own = QColor(0x1B434A);
    c.ownMeta = QColor(0xA3BCC2);
    c.other = QColor(0x293035);
    c.otherMeta = QColor(0xA0ACB3);
    c.quoteOwn = QColor(0x163A41);
    c.quoteOther = QColor(0x343C42);
    c.link = QColor(0x7DB9EE);
    c.unread = QColor(0x1F7D8A);
    c.onUnread = QColor(0xFFFFFF);
    c.muted = QColor(0x3A444A);
    c.onMuted = QColor(0xC0CAD0);
    c.tickRead = QColor(0x6FC3F2);
    c.success = QColor(0x6CC295);
    c.online = QColor(0x5DB585);
    c.warning = QColor(0xE0B25C);
    c.warningBg = QColor(0x362D1B);
    c.danger = QColor(0xF2968D);
    c.dangerFill = QColor(0xB83A32);
    c.dangerBg = QColor(0x3B2423);
    c.divider = QColor(0x2C3338);
    c.border = QColor(0x6A767D);
    c.focus = QColor(0x64BFCB);
    c.selection = QColor(0x2A5F69);
    c.code = QColor(0x15191B);
    c.codeOwn = QColor(0x15363C);
    c.codeKey = QColor(0x64BFCB);
    c.codeStr = QColor(0xE0B25C);
    c.mark = QColor(0x5E4C1A);
    c.scrim = QColor(0x08, 0x0B, 0x0D, 143);
    c.hueFill = {QColor(0xA04A43), QColor(0x83601F), QColor(0x5F6A22), QColor(0x37714A),
        QColor(0x24706F), QColor(0x3C639E), QColor(0x6A529E), QColor(0x924775)};
    c.hueText = {QColor(0xEB9C94), QColor(0xDDB06A), QColor(0xBAC46E), QColor(0x85C797),
        QColor(0x6FC5C5), QColor(0x93B8EE), QColor(0xBBA5EC), QColor(0xE69CC8)};
    return c;
}

}
