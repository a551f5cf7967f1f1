#pragma once

#include "widgets/theme.h"

#include <QAbstractScrollArea>
#include <QCache>
#include <QPixmap>

#include <functional>

namespace confab {

/// Emoji in rows of equal cells, in sections with headings. Paints what is visible only, emoji that
/// were not seen yet over a few frames.
class EmojiGrid : public QAbstractScrollArea
{
    Q_OBJECT

public:
    static constexpr int kColumns = 9;
    static constexpr int kCell = 36;

    struct Section {
        QString title; ///< empty: no heading
        QStringList emoji;
    };

    explicit EmojiGrid(const Theme &theme, QWidget *parent = nullptr);

    /// From the top, with the first emoji current.
    void setSections(const QList<Section> &sections);
    /// What screen readers say of an emoji.
    void setNames(std::function<QString(const QString &emoji)> names);
    void showSection(int section);
    QString current() const; ///< empty if there is none
    /// Arrow keys, page up and down. False if it is another key.
    bool moveByKey(int key);

    QSize sizeHint() const override;

    // For screen readers: the emoji that are in sight, by their number among all.
    struct Seen {
        int first = 0;
        int count = 0;
    };
    Seen seen() const;
    int currentNumber() const; ///< -1: none
    QString nameAt(int number) const;
    QRect rectAt(int number) const; ///< in the viewport
    void pick(int number);

signals:
    void currentChanged(const QString &emoji);
    void sectionShownChanged(int section); ///< the topmost one
    void chosen(const QString &emoji);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Place {
        int section = -1;
        int index = 0;
        bool isValid() const { return section >= 0; }
        bool operator==(const Place &) const = default;
    };

    int headingHeight(const Section &section) const;
    int heightOf(const Section &section) const;
    int topOf(int section) const; ///< in the contents
    QRect cell(const Place &place) const; ///< in the contents
    Place placeAt(const QPoint &point) const; ///< in the contents
    Place moved(const Place &place, int dx, int dy) const;
    void setCurrent(const Place &place, bool scroll);
    Place placeOf(int number) const;
    int numberOf(const Place &place) const;
    void updateBar();
    /// Null when enough have been made for this frame.
    QPixmap pixmap(const QString &emoji, int *made);

    const Theme &m_theme;
    QList<Section> m_sections;
    Place m_current;
    int m_sectionShown = 0;
    QCache<QString, QPixmap> m_pixmaps;
    std::function<QString(const QString &)> m_names;
};

}
