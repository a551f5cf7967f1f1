#include "widgets/conversation/confirmdialog.h"

#include "widgets/confabstyle.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace confab {

ConfirmDialog::ConfirmDialog(QWidget *parent)
    : QDialog(parent)
    , m_heading(new QLabel(this))
    , m_consequence(new QLabel(this))
    , m_safe(new QPushButton(this))
    , m_destructive(new QPushButton(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setBackgroundRole(QPalette::Button); // the token "raised"
    setAutoFillBackground(true);
    m_heading->setObjectName(QStringLiteral("confirmHeading"));
    m_heading->setTextFormat(Qt::PlainText);
    m_consequence->setObjectName(QStringLiteral("confirmConsequence"));
    m_consequence->setTextFormat(Qt::PlainText);
    m_consequence->setWordWrap(true);
    m_consequence->setMinimumWidth(320);
    m_safe->setObjectName(QStringLiteral("confirmSafeButton"));
    m_destructive->setObjectName(QStringLiteral("confirmDestructiveButton"));
    m_destructive->setProperty(ConfabStyle::kRole, QStringLiteral("danger"));
    m_safe->setDefault(true);
    m_safe->setMinimumWidth(80 + 2 * ConfabStyle::kRing);
    m_destructive->setMinimumWidth(80 + 2 * ConfabStyle::kRing);
    setText(m_heading, "heading", "text");
    setText(m_consequence, "body", "text2");

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch();
    buttons->addWidget(m_safe);
    buttons->addWidget(m_destructive);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 20);
    column->setSpacing(4);
    column->addWidget(m_heading);
    column->addWidget(m_consequence);
    column->addSpacing(16);
    column->addLayout(buttons);
    connect(m_safe, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_destructive, &QPushButton::clicked, this, &QDialog::accept);
    m_safe->setFocus();
}

void ConfirmDialog::setQuestion(const QString &heading, const QString &consequence)
{
    setWindowTitle(heading);
    m_heading->setText(heading);
    m_consequence->setText(consequence);
}

void ConfirmDialog::setButtons(const QString &safe, const QString &destructive)
{
    m_safe->setText(safe);
    m_destructive->setText(destructive);
}

}
