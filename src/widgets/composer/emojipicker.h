#pragma once

#include "widgets/popover.h"

class QButtonGroup;
class QLabel;
class QLineEdit;
class QToolButton;

namespace confab {

class EmojiBook;
class ElidedLabel;
class EmojiGrid;

/// To choose an emoji from: the last ones used, all groups, and a search in the interface
/// language and English, by mouse or by keys alone. Kept by who made it: it fills itself when it is
/// first shown, and opens at once from then on.
class EmojiPicker : public Popover
{
    Q_OBJECT

public:
    /// Both outlive it.
    EmojiPicker(const Theme &theme, EmojiBook &book, QWidget *owner);

    /// Above this part of the screen, or below it where there is no room; with an empty search.
    void showAt(const QRect &global);

signals:
    void emojiChosen(const QString &emoji); ///< with the skin tone; the picker has closed

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void buildGroups(QWidget *bar);
    QWidget *buildFoot();
    void fill();
    void search(const QString &query);
    QString toned(int place) const;
    void choose(const QString &emoji);
    QString nameOf(const QString &emoji) const;
    void showName(const QString &emoji);
    QString handIn(int tone) const;
    void showToneMenu();
    void applyTheme();

    EmojiBook &m_book;
    QLineEdit *m_search = nullptr;
    QButtonGroup *m_groups = nullptr;
    EmojiGrid *m_grid = nullptr;
    QLabel *m_none = nullptr;
    ElidedLabel *m_name = nullptr;
    QToolButton *m_tone = nullptr;
};

}
