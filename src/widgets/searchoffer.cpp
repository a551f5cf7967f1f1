#include "widgets/searchoffer.h"

#include "widgets/confabstyle.h"

namespace confab {

namespace {

constexpr int kHeight = 44; // its ring included
constexpr int kIcon = 18;
constexpr int kSide = 20;

}

SearchOffer::SearchOffer(const Theme &theme, QWidget *parent)
    : QPushButton(parent)
{
    setObjectName(QStringLiteral("searchOffer"));
    setProperty(ConfabStyle::kRole, QStringLiteral("text"));
    setIcon(theme.icon(QStringLiteral("search")));
    setIconSize({kIcon, kIcon});
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    setFixedHeight(kHeight);
    refresh();
}

void SearchOffer::setAvailable(bool available)
{
    m_available = available;
    refresh();
}

void SearchOffer::setWords(const QString &words)
{
    m_words = words.trimmed();
    refresh();
}

void SearchOffer::resizeEvent(QResizeEvent *event)
{
    QPushButton::resizeEvent(event);
    refresh();
}

void SearchOffer::refresh()
{
    setVisible(m_available && !m_words.isEmpty());
    const QString whole = tr("Search messages for “%1”");
    setAccessibleName(whole.arg(m_words));
    const int room = width() - 2 * kSide - kIcon - fontMetrics().horizontalAdvance(whole);
    const QString cut = fontMetrics().elidedText(m_words, Qt::ElideRight, qMax(0, room));
    setText(whole.arg(cut).replace(u'&', QStringLiteral("&&")));
}

}
