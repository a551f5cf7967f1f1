#include "widgets/composer/emojigrid.h"

#include "widgets/composer/emojigridaccessible.h"
#include "widgets/composer/emojipixmap.h"
#include "widgets/shapes.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

namespace confab {

namespace {

constexpr int kHeading = 28;
constexpr int kSide = 8;
constexpr int kGlyph = 22;
constexpr int kVisibleRows = 8;
constexpr int kPixmaps = 600; ///< of a few KiB each
/// Reading one from the font takes up to half a millisecond; a whole grid of them is felt.
constexpr int kNewAFrame = 2 * EmojiGrid::kColumns;

}

EmojiGrid::EmojiGrid(const Theme &theme, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_theme(theme)
    , m_pixmaps(kPixmaps)
{
    setObjectName(QStringLiteral("emojiGrid"));
    setAccessibleName(tr("Emoji"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    viewport()->setAutoFillBackground(false);
    setAutoFillBackground(false);
    setMouseTracking(true);
    verticalScrollBar()->setSingleStep(kCell);
    connect(&m_theme, &Theme::changed, this, [this] {
        m_pixmaps.clear();
        updateBar();
        viewport()->update();
    });
    makeAccessible(this);
}

QSize EmojiGrid::sizeHint() const
{
    const int bar = verticalScrollBar()->sizeHint().width();
    return {2 * kSide + kColumns * kCell + bar, kVisibleRows * kCell + kHeading};
}

void EmojiGrid::setSections(const QList<Section> &sections)
{
    forgetAccessibleEmoji(this);
    m_sections = sections;
    m_current = Place();
    updateBar();
    verticalScrollBar()->setValue(0);
    for (int i = 0; i < int(sections.size()) && !m_current.isValid(); ++i) {
        if (!sections.at(i).emoji.isEmpty())
            setCurrent({i, 0}, false);
    }
    if (!m_current.isValid())
        emit currentChanged({});
    viewport()->update();
}

void EmojiGrid::showSection(int section)
{
    verticalScrollBar()->setValue(topOf(section));
    if (section < m_sections.size() && !m_sections.at(section).emoji.isEmpty())
        setCurrent({section, 0}, false);
}

QString EmojiGrid::current() const
{
    return m_current.isValid() ? m_sections.at(m_current.section).emoji.at(m_current.index)
                               : QString();
}

int EmojiGrid::headingHeight(const Section &section) const
{
    return section.title.isEmpty() ? 0 : m_theme.scaled(kHeading);
}

int EmojiGrid::heightOf(const Section &section) const
{
    const int rows = (int(section.emoji.size()) + kColumns - 1) / kColumns;
    return rows == 0 ? 0 : headingHeight(section) + rows * kCell;
}

int EmojiGrid::topOf(int section) const
{
    int top = 0;
    for (int i = 0; i < section && i < int(m_sections.size()); ++i)
        top += heightOf(m_sections.at(i));
    return top;
}

QRect EmojiGrid::cell(const Place &place) const
{
    const int top = topOf(place.section) + headingHeight(m_sections.at(place.section));
    const int column = place.index % kColumns;
    const int x = isRightToLeft() ? viewport()->width() - kSide - (column + 1) * kCell
                                  : kSide + column * kCell;
    return {x, top + place.index / kColumns * kCell, kCell, kCell};
}

EmojiGrid::Place EmojiGrid::placeAt(const QPoint &point) const
{
    int top = 0;
    for (int i = 0; i < int(m_sections.size()); ++i) {
        const Section &section = m_sections.at(i);
        const int bottom = top + heightOf(section);
        const int y = point.y() - top - headingHeight(section);
        const int x
            = isRightToLeft() ? viewport()->width() - kSide - 1 - point.x() : point.x() - kSide;
        if (point.y() < bottom) {
            const int column = x / kCell;
            const int index = y / kCell * kColumns + column;
            const bool hits = x >= 0 && y >= 0 && column < kColumns && index < section.emoji.size();
            return hits ? Place{i, index} : Place();
        }
        top = bottom;
    }
    return {};
}

EmojiGrid::Place EmojiGrid::moved(const Place &place, int dx, int dy) const
{
    if (!place.isValid())
        return place;
    Place next = place;
    next.index += dx + dy * kColumns;
    const int count = int(m_sections.at(place.section).emoji.size());
    if (next.index >= 0 && next.index < count)
        return next;
    const int lastRow = (count - 1) / kColumns;
    // Down into a last row that is not full.
    if (dy > 0 && place.index / kColumns < lastRow)
        return {place.section, count - 1};
    const int step = next.index < 0 ? -1 : 1;
    int section = place.section + step;
    while (section >= 0 && section < m_sections.size() && m_sections.at(section).emoji.isEmpty())
        section += step;
    if (section < 0 || section >= m_sections.size())
        return place;
    const int there = int(m_sections.at(section).emoji.size());
    if (dx != 0)
        return {section, step > 0 ? 0 : there - 1};
    const int column = place.index % kColumns;
    const int row = step > 0 ? 0 : (there - 1) / kColumns;
    return {section, qMin(row * kColumns + column, there - 1)};
}

bool EmojiGrid::moveByKey(int key)
{
    const int forward = isRightToLeft() ? -1 : 1;
    Place next = m_current;
    switch (key) {
    case Qt::Key_Left:
        next = moved(m_current, -forward, 0);
        break;
    case Qt::Key_Right:
        next = moved(m_current, forward, 0);
        break;
    case Qt::Key_Up:
        next = moved(m_current, 0, -1);
        break;
    case Qt::Key_Down:
        next = moved(m_current, 0, 1);
        break;
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        for (int row = 1; row < kVisibleRows; ++row)
            next = moved(next, 0, key == Qt::Key_PageDown ? 1 : -1);
        break;
    default:
        return false;
    }
    setCurrent(next, true);
    return true;
}

void EmojiGrid::setCurrent(const Place &place, bool scroll)
{
    if (scroll && place.isValid()) {
        const QRect box = cell(place);
        const bool isFirstRow = place.index < kColumns;
        const int top = isFirstRow ? topOf(place.section) : box.top();
        QScrollBar *bar = verticalScrollBar();
        if (top < bar->value())
            bar->setValue(top);
        else if (box.bottom() >= bar->value() + viewport()->height())
            bar->setValue(box.bottom() + 1 - viewport()->height());
    }
    if (place == m_current)
        return;
    m_current = place;
    viewport()->update();
    tellAccessibleFocus(this);
    emit currentChanged(current());
}

EmojiGrid::Place EmojiGrid::placeOf(int number) const
{
    for (int i = 0; i < int(m_sections.size()); ++i) {
        const int count = int(m_sections.at(i).emoji.size());
        if (number < count)
            return {i, number};
        number -= count;
    }
    return {};
}

int EmojiGrid::numberOf(const Place &place) const
{
    int number = place.index;
    for (int i = 0; i < place.section; ++i)
        number += int(m_sections.at(i).emoji.size());
    return place.isValid() ? number : -1;
}

void EmojiGrid::setNames(std::function<QString(const QString &)> names)
{
    m_names = std::move(names);
}

EmojiGrid::Seen EmojiGrid::seen() const
{
    const int offset = verticalScrollBar()->value();
    Seen result;
    int number = 0;
    for (int i = 0; i < int(m_sections.size()); ++i) {
        const int count = int(m_sections.at(i).emoji.size());
        const int top = topOf(i) + headingHeight(m_sections.at(i)) - offset;
        const int rowsAbove = qMax(0, (-top) / kCell);
        const int rowsToEnd = qMax(0, (viewport()->height() - top + kCell - 1) / kCell);
        const int first = qMin(count, rowsAbove * kColumns);
        const int last = qMin(count, rowsToEnd * kColumns);
        if (last > first) {
            if (result.count == 0)
                result.first = number + first;
            result.count = number + last - result.first;
        }
        number += count;
    }
    return result;
}

int EmojiGrid::currentNumber() const
{
    return numberOf(m_current);
}

QString EmojiGrid::nameAt(int number) const
{
    const Place place = placeOf(number);
    if (!place.isValid())
        return {};
    const QString &emoji = m_sections.at(place.section).emoji.at(place.index);
    const QString name = m_names ? m_names(emoji) : QString();
    return name.isEmpty() ? emoji : name;
}

QRect EmojiGrid::rectAt(int number) const
{
    const Place place = placeOf(number);
    return place.isValid() ? cell(place).translated(0, -verticalScrollBar()->value()) : QRect();
}

void EmojiGrid::pick(int number)
{
    const Place place = placeOf(number);
    if (!place.isValid())
        return;
    setCurrent(place, true);
    emit chosen(current());
}

void EmojiGrid::updateBar()
{
    const int height = topOf(int(m_sections.size()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setRange(0, qMax(0, height - viewport()->height()));
}

void EmojiGrid::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateBar();
}

void EmojiGrid::scrollContentsBy(int, int)
{
    viewport()->update();
    int section = 0;
    while (section + 1 < m_sections.size() && topOf(section + 1) <= verticalScrollBar()->value())
        ++section;
    if (section == m_sectionShown)
        return;
    m_sectionShown = section;
    emit sectionShownChanged(section);
}

QPixmap EmojiGrid::pixmap(const QString &emoji, int *made)
{
    if (const QPixmap *known = m_pixmaps.object(emoji))
        return *known;
    if (*made >= kNewAFrame)
        return {};
    ++*made;
    auto *pixmap = new QPixmap(emojiPixmap(emoji, kGlyph, kCell, m_theme, devicePixelRatioF()));
    const QPixmap result = *pixmap;
    m_pixmaps.insert(emoji, pixmap);
    return result;
}

void EmojiGrid::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    const ThemeColors &colors = m_theme.colors();
    const int offset = verticalScrollBar()->value();
    const QRect visible = event->rect().translated(0, offset);
    painter.translate(0, -offset);
    int made = 0;
    QRect missing; // drawn with the next frame
    for (int i = 0; i < int(m_sections.size()); ++i) {
        const Section &section = m_sections.at(i);
        const int top = topOf(i);
        if (top > visible.bottom() || top + heightOf(section) <= visible.top())
            continue;
        painter.setFont(m_theme.font(TextStyle::MetaStrong));
        painter.setPen(colors.text2);
        painter.drawText(
            QRect(kSide + 4, top, viewport()->width() - 2 * kSide - 8, headingHeight(section)),
            int(Qt::AlignVCenter) | int(isRightToLeft() ? Qt::AlignRight : Qt::AlignLeft),
            section.title);
        for (int index = 0; index < int(section.emoji.size()); ++index) {
            const QRect box = cell({i, index});
            if (!box.intersects(visible))
                continue;
            if (m_current == Place{i, index}) {
                fillRound(painter, box, 8, colors.selected);
                if (hasFocus())
                    strokeRound(painter, box, 8, colors.focus, 2);
            }
            const QPixmap emoji = pixmap(section.emoji.at(index), &made);
            if (emoji.isNull())
                missing |= box;
            else
                painter.drawPixmap(box.topLeft(), emoji);
        }
    }
    if (!missing.isEmpty())
        viewport()->update(missing.translated(0, -offset));
}

void EmojiGrid::mouseMoveEvent(QMouseEvent *event)
{
    const Place place = placeAt(event->pos() + QPoint(0, verticalScrollBar()->value()));
    if (place.isValid())
        setCurrent(place, false);
}

void EmojiGrid::mouseReleaseEvent(QMouseEvent *event)
{
    const Place place = placeAt(event->pos() + QPoint(0, verticalScrollBar()->value()));
    if (event->button() == Qt::LeftButton && place.isValid())
        emit chosen(m_sections.at(place.section).emoji.at(place.index));
}

void EmojiGrid::keyPressEvent(QKeyEvent *event)
{
    const bool picks = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter
        || event->key() == Qt::Key_Space;
    if (picks && m_current.isValid())
        emit chosen(current());
    else if (!moveByKey(event->key()))
        QAbstractScrollArea::keyPressEvent(event);
}

}
