#include "widgets/conversation/writerefusal.h"

#include "widgets/confabstyle.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace confab {

WriteRefusal::WriteRefusal(QWidget *parent)
    : QWidget(parent)
    , m_reason(new QLabel(this))
    , m_help(new QPushButton(this))
{
    m_reason->setObjectName(QStringLiteral("composerRefusal"));
    m_reason->setWordWrap(true);
    m_reason->setTextFormat(Qt::PlainText);
    m_help->setObjectName(QStringLiteral("composerHelp"));
    m_help->setAccessibleName(tr("Get the right to write"));
    m_help->hide();
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(4);
    row->addWidget(m_reason, 1, Qt::AlignVCenter);
    row->addWidget(m_help, 0, Qt::AlignVCenter);
    connect(m_help, &QAbstractButton::clicked, this, &WriteRefusal::helpRequested);
}

void WriteRefusal::setReason(const QString &reason, const QString &help)
{
    m_reason->setText(reason);
    m_help->setText(help);
    m_help->setVisible(!help.isEmpty());
}

bool WriteRefusal::isRefused() const
{
    return !m_reason->text().isEmpty();
}

void WriteRefusal::applyTheme()
{
    setText(m_reason, "body", "text2");
}

}
