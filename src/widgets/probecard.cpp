#include "widgets/probecard.h"

#include "widgets/confabstyle.h"
#include "widgets/fieldhelpers.h"
#include "widgets/iconlabel.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>

namespace confab {

struct ProbeCard::Line {
    QString icon;
    IconLabel::Token token;
    const char *color;
    QString name; ///< first column of the table
    QString value;
    QString sentence;
    bool strong = false;
};

ProbeCard::ProbeCard(const Theme &theme, Form form, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_form(form)
    , m_grid(new QGridLayout(this))
{
    setObjectName(QStringLiteral("probeCard"));
    setFrameShape(QFrame::StyledPanel);
    setProperty(ConfabStyle::kRole, QStringLiteral("result"));
    const bool table = form == Form::Table;
    m_grid->setContentsMargins(table ? 14 : 12, 8, table ? 14 : 12, 8);
    m_grid->setHorizontalSpacing(table ? 10 : 8);
    m_grid->setVerticalSpacing(table ? 8 : 4);
    m_grid->setColumnStretch(2, 1);
    if (table)
        m_grid->setColumnMinimumWidth(1, theme.scaled(118));
    hide();
}

void ProbeCard::setResult(const ProbeResult &result)
{
    show(linesOf(result));
}

void ProbeCard::setRunning()
{
    show({{QStringLiteral("refresh-cw"), &ThemeColors::accentText, "text2", {}, {},
        tr("Testing the connection…")}});
}

void ProbeCard::clear()
{
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    hide();
}

ProbeCard::Line ProbeCard::encryptionLine(const ProbeResult &result) const
{
    if (!result.encrypted) {
        return {QStringLiteral("lock-open"), &ThemeColors::warning, "warning", tr("Encryption"),
            tr("None: others on the network can read along"),
            tr("Not encrypted: others on the network can read along")};
    }
    const QString until = result.certificateExpiry.isValid()
        ? QLocale().toString(result.certificateExpiry, QLocale::LongFormat)
        : QString();
    const QString table = until.isEmpty() ? result.tlsProtocol
                                          : tr("%1, valid until %2").arg(result.tlsProtocol, until);
    const QString sentence = until.isEmpty()
        ? result.tlsProtocol
        : tr("%1, certificate valid until %2").arg(result.tlsProtocol, until);
    const bool inTable = m_form == Form::Table;
    return {inTable ? QStringLiteral("check") : QStringLiteral("lock"),
        inTable ? &ThemeColors::success : &ThemeColors::text2, "text2", tr("Encryption"), table,
        sentence};
}

QList<ProbeCard::Line> ProbeCard::linesOf(const ProbeResult &result) const
{
    const bool inTable = m_form == Form::Table;
    QList<Line> lines;
    if (result.reachable) {
        lines.append({QStringLiteral("check"), &ThemeColors::success, "success", tr("Reachable"),
            tr("%1 ms").arg(result.latencyMs), tr("Reachable, answered in %1 ms").arg(result.latencyMs),
            true});
        lines.append(encryptionLine(result));
    }
    if (!result.protocolVersion.isEmpty()) {
        const QString build = result.serverBuild.isEmpty()
            ? result.protocolVersion
            : tr("%1, server build %2").arg(result.protocolVersion, result.serverBuild);
        lines.append({inTable ? QStringLiteral("check") : QStringLiteral("info"),
            inTable ? &ThemeColors::success : &ThemeColors::text2, "text2", tr("Protocol"), build,
            tr("Protocol %1").arg(build)});
    }
    if (inTable && result.defaultApiKey && result.error.isEmpty()) {
        const QString text = tr("Works, but it is the public default key");
        lines.append({QStringLiteral("circle-alert"), &ThemeColors::warning, "warning", tr("API key"),
            text, text});
    }
    if (!result.error.isEmpty()) {
        lines.append({QStringLiteral("circle-alert"), &ThemeColors::danger, "danger", {}, {},
            joined(result.error)});
    }
    return lines;
}

void ProbeCard::show(const QList<Line> &lines)
{
    clear();
    QStringList spoken;
    int row = 0;
    for (const Line &line : lines) {
        const bool split = m_form == Form::Table && !line.name.isEmpty();
        auto *value = new QLabel(split ? line.value : line.sentence, this);
        value->setObjectName(QStringLiteral("probeLine%1").arg(row));
        value->setTextFormat(Qt::PlainText);
        value->setWordWrap(true);
        auto *icon = new IconLabel(m_theme, line.icon, 16, line.token, this);
        m_grid->addWidget(icon, row, 0, Qt::AlignTop);
        if (split) {
            auto *name = new QLabel(line.name, this);
            name->setTextFormat(Qt::PlainText);
            setText(name, "body", "text2");
            setText(value, "body", "text");
            m_grid->addWidget(name, row, 1, Qt::AlignTop);
            m_grid->addWidget(value, row, 2);
        } else {
            setText(value, line.strong ? "smallStrong" : "small", line.color);
            m_grid->addWidget(value, row, 1, 1, 2);
        }
        spoken.append(line.sentence);
        ++row;
    }
    setAccessibleName(spoken.join(QStringLiteral(". ")));
    setVisible(!lines.isEmpty());
}

}
