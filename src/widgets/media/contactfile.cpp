#include "widgets/media/contactfile.h"

#include "wire/drafty/drafty.h"

namespace confab {

namespace {

QByteArray escaped(QString text)
{
    text.replace(u'\\', QStringLiteral("\\\\"));
    text.replace(u'\n', QStringLiteral("\\n"));
    text.replace(u',', QStringLiteral("\\,"));
    text.replace(u';', QStringLiteral("\\;"));
    return text.toUtf8();
}

}

QByteArray vCardOf(const wire::Contact &contact)
{
    QByteArray text = "BEGIN:VCARD\r\nVERSION:4.0\r\n";
    text += "FN:" + escaped(contact.card.name) + "\r\n";
    for (const QString &phone : contact.phones)
        text += "TEL:" + escaped(phone) + "\r\n";
    for (const QString &email : contact.emails)
        text += "EMAIL:" + escaped(email) + "\r\n";
    if (!contact.user.isEmpty())
        text += "IMPP:tinode:" + escaped(contact.user) + "\r\n";
    return text + "END:VCARD\r\n";
}

QString captionOf(const wire::JsonBlob &content)
{
    QString text = wire::Drafty::fromContent(content).visible().text();
    text.remove(wire::Drafty::kMedium);
    return text.simplified();
}

}
