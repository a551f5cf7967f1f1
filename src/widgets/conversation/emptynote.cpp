#include "widgets/conversation/emptynote.h"

#include "widgets/confabstyle.h"
#include "widgets/iconlabel.h"

#include <QLabel>
#include <QVBoxLayout>

namespace confab {

EmptyNote::EmptyNote(const Theme &theme, const QString &icon, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_label(new QLabel(this))
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    m_label->setObjectName(QStringLiteral("emptyNote"));
    m_label->setTextFormat(Qt::PlainText);
    m_label->setWordWrap(true);
    m_label->setAlignment(Qt::AlignCenter);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(32, 16, 32, 16);
    column->setSpacing(12);
    column->addStretch();
    column->addWidget(new IconLabel(theme, icon, 32, &ThemeColors::text2, this), 0, Qt::AlignHCenter);
    column->addWidget(m_label);
    column->addStretch();
    const auto dress = [this] { setText(m_label, "body", "text2"); };
    connect(&m_theme, &Theme::changed, this, dress);
    dress();
}

void EmptyNote::setSentence(const QString &text)
{
    m_label->setText(text);
}

QString EmptyNote::sentence() const
{
    return m_label->text();
}

}
