#include "wire/drafty/labels.h"

#include <QCoreApplication>

namespace confab::wire {

namespace {

QString word(const char *text)
{
    return QCoreApplication::translate("confab::wire::plainText", text);
}

QString fileLabel(const File &file)
{
    if (file.source.mime == QLatin1String("text/x-the-card"))
        return word(QT_TRANSLATE_NOOP("confab::wire::plainText", "Contact"));
    return file.source.name.isEmpty() ? word(QT_TRANSLATE_NOOP("confab::wire::plainText", "File"))
                                      : file.source.name;
}

QString contactLabel(const Contact &contact)
{
    return contact.card.name.isEmpty()
        ? word(QT_TRANSLATE_NOOP("confab::wire::plainText", "Contact"))
        : contact.card.name;
}

struct Label {
    QString operator()(const Image &) const
    {
        return word(QT_TRANSLATE_NOOP("confab::wire::plainText", "Picture"));
    }
    QString operator()(const Video &) const
    {
        return word(QT_TRANSLATE_NOOP("confab::wire::plainText", "Video"));
    }
    QString operator()(const Audio &) const
    {
        return word(QT_TRANSLATE_NOOP("confab::wire::plainText", "Voice message"));
    }
    QString operator()(const File &file) const { return fileLabel(file); }
    QString operator()(const Contact &contact) const { return contactLabel(contact); }
    QString operator()(const Call &) const { return callLabel(); }
    template <typename Other>
    QString operator()(const Other &) const
    {
        return {};
    }
};

void addLabel(QStringList &labels, const Entity &entity)
{
    const QString label = mediumLabel(entity);
    if (!label.isEmpty() && !labels.contains(label))
        labels += label;
}

}

QString mediumLabel(const Entity &entity)
{
    return std::visit(Label(), entity);
}

QStringList mediumLabels(const Drafty &drafty)
{
    QStringList labels;
    for (const Span &span : drafty.spans()) {
        if (isMedium(span.kind))
            addLabel(labels, drafty.entities().at(span.entity));
    }
    for (const Entity &entity : drafty.attachments())
        addLabel(labels, entity);
    return labels;
}

QString callLabel()
{
    return word(QT_TRANSLATE_NOOP("confab::wire::plainText", "Call"));
}

}
