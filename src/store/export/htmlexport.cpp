#include "store/export/htmlexport.h"

#include "wire/media/filekind.h"

#include <QIODevice>
#include <QLocale>
#include <QSet>
#include <QUrl>

namespace confab {

namespace {

const char kStyle[] = R"(
:root{color-scheme:light dark;--page:#f3f5f6;--panel:#fff;--text:#172126;--text2:#52606a;--own:#d6ebee;--other:#edf0f2;--line:#dfe4e7;--accent:#0b6472}
@media(prefers-color-scheme:dark){:root{--page:#171b1e;--panel:#1c2124;--text:#dfe4e7;--text2:#9aa7ae;--own:#1b434a;--other:#293035;--line:#2c3338;--accent:#64bfcb}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:15px/1.5 system-ui,sans-serif}
main{max-width:880px;margin:0 auto;padding:32px 16px}
h1{font-size:24px;margin:0}
h2{font-size:18px;margin:48px 0 16px;padding-bottom:8px;border-bottom:1px solid var(--line)}
.sub,.time,.none{color:var(--text2);font-size:13px}
nav{margin:24px 0;padding:12px 20px;background:var(--panel);border:1px solid var(--line);border-radius:12px}
nav a{display:block;padding:3px 0;color:var(--accent)}
.day{margin:24px 0 12px;text-align:center;color:var(--text2);font-size:13px;font-weight:600}
.m{max-width:72%;width:fit-content;margin:2px 0;padding:6px 12px;border-radius:12px;background:var(--other)}
.first{margin-top:10px}
.own{margin-inline-start:auto;background:var(--own)}
.name{font-size:13px;font-weight:600;color:var(--accent)}
.text{white-space:pre-wrap;overflow-wrap:anywhere}
.time{text-align:end}
img{display:block;max-width:100%;max-height:480px;border-radius:8px;margin:4px 0}
audio,video{display:block;max-width:100%;max-height:480px;margin:4px 0;border-radius:8px}
a.file{display:block;color:var(--accent)}
@media print{body{background:#fff}.m{break-inside:avoid}}
)";

/// Shown as pictures; anything else, SVG before all, is only offered as a file.
bool isPicture(const wire::Attachment &attachment)
{
    static const QSet<QString> kShown{QStringLiteral("image/png"), QStringLiteral("image/jpeg"),
                                      QStringLiteral("image/gif"), QStringLiteral("image/webp")};
    return attachment.kind == wire::EntityKind::Image && kShown.contains(attachment.mime);
}

QString dataUrl(const QString &mime, const QByteArray &bytes)
{
    return QStringLiteral("data:") + mime + QStringLiteral(";base64,")
        + QString::fromLatin1(bytes.toBase64());
}

}

HtmlExport::HtmlExport(const ExportOrder &order, QIODevice &device, ExportFiles *files)
    : m_order(order)
    , m_device(device)
    , m_files(files)
{
}

void HtmlExport::write(const QString &html)
{
    m_device.write(html.toUtf8());
}

QString HtmlExport::nameOf(const UserId &user) const
{
    return user == m_order.self && !user.isEmpty() ? tr("You") : m_order.names.value(user, user);
}

void HtmlExport::begin()
{
    const QString title = m_order.chats.size() == 1
        ? m_order.chats.first().title
        : tr("Chats of %1").arg(m_order.account);
    const QString when = QLocale().toString(m_order.written.toLocalTime(), QLocale::LongFormat);
    write(QStringLiteral("<!DOCTYPE html>\n<html lang=\"%1\">\n<head>\n<meta charset=\"utf-8\">\n"
                         "<meta name=\"viewport\" content=\"width=device-width\">\n"
                         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                         "%2; style-src 'unsafe-inline'\">\n<title>")
              .arg(QLocale().bcp47Name(),
                   m_files ? QStringLiteral("img-src 'self' file:; media-src 'self' file:")
                           : QStringLiteral("img-src data:"))
          + title.toHtmlEscaped() + QStringLiteral("</title>\n<style>") + QLatin1String(kStyle)
          + QStringLiteral("</style>\n</head>\n<body>\n<main>\n<h1 dir=\"auto\">") + title.toHtmlEscaped()
          + QStringLiteral("</h1>\n<div class=\"sub\">")
          + tr("Saved by Confab on %1").arg(when).toHtmlEscaped() + QStringLiteral("</div>\n"));
    if (m_order.chats.size() < 2)
        return;
    write(QStringLiteral("<nav>\n"));
    for (int i = 0; i < int(m_order.chats.size()); ++i)
        write(QStringLiteral("<a dir=\"auto\" href=\"#chat%1\">").arg(i + 1)
              + m_order.chats.at(i).title.toHtmlEscaped() + QStringLiteral("</a>\n"));
    write(QStringLiteral("</nav>\n"));
}

void HtmlExport::beginChat(const ExportOrder::Chat &chat)
{
    ++m_chats;
    m_chat = &chat;
    m_day = {};
    m_sender.clear();
    m_empty = true;
    if (m_order.chats.size() > 1)
        write(QStringLiteral("<h2 dir=\"auto\" id=\"chat%1\">").arg(m_chats) + chat.title.toHtmlEscaped()
              + QStringLiteral("</h2>\n"));
}

void HtmlExport::message(const Message &message)
{
    const QDateTime local = message.ts.toLocalTime();
    const bool newDay = local.date() != m_day;
    if (newDay && local.isValid())
        write(QStringLiteral("<div class=\"day\">")
              + QLocale().toString(local.date(), QLocale::LongFormat).toHtmlEscaped()
              + QStringLiteral("</div>\n"));
    const bool first = newDay || m_empty || message.from != m_sender;
    const bool own = !message.from.isEmpty() && message.from == m_order.self;
    m_day = local.date();
    m_sender = message.from;
    m_empty = false;
    QString html = QStringLiteral("<div class=\"m%1%2\">")
                       .arg(own ? QStringLiteral(" own") : QString(),
                            first ? QStringLiteral(" first") : QString());
    if (first && !message.from.isEmpty())
        html += QStringLiteral("<div class=\"name\" dir=\"auto\">") + nameOf(message.from).toHtmlEscaped()
            + QStringLiteral("</div>");
    html += (m_files ? filesOf(message) : attachmentsOf(message)) + QStringLiteral("<div class=\"text\" dir=\"auto\">")
        + message.text.toHtmlEscaped() + QStringLiteral("</div>");
    const QString time = QLocale().toString(local.time(), QLocale::ShortFormat);
    html += QStringLiteral("<div class=\"time\">")
        + (message.edited ? tr("edited %1").arg(time) : time).toHtmlEscaped()
        + QStringLiteral("</div></div>\n");
    write(html);
}

QString HtmlExport::attachmentsOf(const Message &message) const
{
    QString html;
    const QList<wire::Attachment> attachments = wire::attachments(message.content);
    for (const wire::Attachment &attachment : attachments) {
        const QString name = (attachment.name.isEmpty() ? tr("Attachment") : attachment.name).toHtmlEscaped();
        if (attachment.inBand.isEmpty())
            html += QStringLiteral("<div class=\"none\" dir=\"auto\">")
                + tr("%1 (kept on the server)").arg(name) + QStringLiteral("</div>");
        else if (isPicture(attachment))
            html += QStringLiteral("<img alt=\"") + name + QStringLiteral("\" src=\"")
                + dataUrl(attachment.mime, attachment.inBand) + QStringLiteral("\">");
        else
            html += QStringLiteral("<a class=\"file\" dir=\"auto\" download=\"") + name
                + QStringLiteral("\" href=\"")
                + dataUrl(QStringLiteral("application/octet-stream"), attachment.inBand)
                + QStringLiteral("\">") + name + QStringLiteral("</a>");
    }
    return html;
}

QString HtmlExport::filesOf(const Message &message) const
{
    QString html;
    int nth = 0;
    const QList<wire::Attachment> attachments = wire::attachments(message.content);
    for (const wire::Attachment &attachment : attachments)
        html += fileOf(m_files->place(*m_chat, message, ++nth, attachment), attachment);
    return html;
}

QString HtmlExport::fileOf(const ExportFiles::Place &place, const wire::Attachment &attachment) const
{
    const QString name = place.name.toHtmlEscaped();
    const auto note = [](const QString &text) {
        return QStringLiteral("<div class=\"none\" dir=\"auto\">") + text + QStringLiteral("</div>");
    };
    if (!place.missing.isEmpty())
        return note(name + QStringLiteral(": ") + place.missing.toHtmlEscaped());
    // A page or program of a stranger is not one click away.
    if (wire::isExecutable(place.path, {}))
        return note(tr("%1 (in the folder of the files)").arg(name));
    const QString address = QString::fromLatin1(QUrl::toPercentEncoding(place.path, "/")).toHtmlEscaped();
    const QString link = QStringLiteral("<a class=\"file\" dir=\"auto\" href=\"") + address
        + QStringLiteral("\">");
    if (isPicture(attachment))
        return link + QStringLiteral("<img loading=\"lazy\" alt=\"") + name + QStringLiteral("\" src=\"")
            + address + QStringLiteral("\"></a>");
    QString html = link + name + QStringLiteral("</a>");
    if (attachment.kind == wire::EntityKind::Audio)
        html += QStringLiteral("<audio controls preload=\"none\" src=\"") + address
            + QStringLiteral("\"></audio>");
    if (attachment.kind == wire::EntityKind::Video)
        html += QStringLiteral("<video controls preload=\"none\" src=\"") + address
            + QStringLiteral("\"></video>");
    return html;
}

void HtmlExport::endChat()
{
    if (m_empty)
        write(QStringLiteral("<p class=\"none\">") + tr("No messages").toHtmlEscaped()
              + QStringLiteral("</p>\n"));
}

void HtmlExport::end()
{
    write(QStringLiteral("</main>\n</body>\n</html>\n"));
}

}
