#pragma once

#include "widgets/conversation/codescroll.h"
#include "widgets/conversation/messagechoice.h"
#include "widgets/conversation/messagepainter.h"
#include "widgets/conversation/messageselection.h"
#include "widgets/conversation/rowwindow.h"
#include "widgets/conversation/seenwatch.h"
#include "widgets/conversation/selectioncopy.h"

#include <QAbstractScrollArea>
#include <QBasicTimer>
#include <QElapsedTimer>
#include <QTimer>

#include <optional>

class QMenu;

namespace confab {

class EmptyNote;
class HoverActions;
class JumpButton;
class MediaLibrary;

/// What a view has done so far.
struct ViewCounters {
    quint64 layouts = 0; ///< rows
    quint64 texts = 0; ///< shaped and broken into lines for them
    quint64 paints = 0;
};

/// The messages of one conversation (design.md §7). Reads a MessageListModel that the caller owns
/// and keeps alive until the next setModel. Changes of the model are gathered and laid out once
/// before the next paint, at most once a frame. GUI thread.
class MessageView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit MessageView(const Theme &theme, QWidget *parent = nullptr);
    ~MessageView() override;

    /// Shows the model's topic from its unread divider or its end; nullptr: nothing.
    void setModel(MessageListModel *model);

    const Theme &theme() const { return m_theme; }
    /// Where pictures and voice come from; outlives the view. nullptr: none are shown.
    void setMedia(MediaLibrary *media);

    const MessageRows &rows() const { return m_rows; }
    /// The rows on screen, up to date.
    const std::vector<RowWindow::PlacedRow> &placedRows();
    bool isPinned() const { return m_window.isPinned(); }
    void scrollBy(int dy); ///< pixels; positive: towards newer messages
    void scrollToEnd();
    void scrollToStart(); ///< of the whole history
    /// What placeRequested() asked for is loaded, or cannot be had: goes there, or as near as possible.
    void showPlace(Seq seq);
    int newCount() const; ///< messages not seen yet, as the jump button tells
    /// Goes to a row and shows it for a moment; returnToPlace() goes back to where this was called
    /// first.
    void showFound(int row);
    void returnToPlace();
    /// Marks in all texts what this looks for; an empty one: nothing.
    void setSearch(const SearchQuery &query);
    QDate dayOnTop() const; ///< of the topmost message on screen
    /// The date that floats at the top while scrolling; empty if none does.
    QString floatingDate() const;

    void selectAll();
    QString selectedText() const { return m_selection.text(); }
    /// The selection, or the focused message. What of it is not loaded is asked for by copyPageWanted().
    void copy();
    /// The messages on disk before the number asked for, oldest first, with their edits.
    void takeCopyPage(const QList<Message> &messages);

    /// Row with the keyboard's focus, -1 if none.
    int focusedRow() const;
    void focusRow(int row);
    /// On screen, in coordinates of this widget; empty if it is not there.
    QRect rowRect(int row) const;
    JumpButton *jumpButton() const { return m_jump; }
    /// Does it, or asks for it; nothing where the row does not allow it.
    void perform(MessageAction action, int row);
    void goToQuoted(int row); ///< where this one answers another
    void press(const MessagePart::Button &button, Seq seq); ///< of a form or poll in this message
    void goToUnread(); ///< the first message below the unread divider, if there is one

    /// Several messages at once: clicks choose instead of doing what stands under them.
    const MessageChoice &choice() const { return m_choice; }
    void beginChoosing(int row);
    void endChoosing();
    void copyChosen();
    void performOnChosen(MessageAction action); ///< nothing where not all allow it

    // What the tests hold the view to (performance.md §7).
    ViewCounters counters() const { return {layoutsMade(), m_window.textsLaidOut(), m_paints}; }
    quint64 layoutsMade() const { return m_window.layoutsMade(); }
    int layoutsKept() const { return m_window.layoutsKept(); }
    quint64 paintsMade() const { return m_paints; }
    bool isPreparing() const { return m_prepareTimer.isActive(); }
    void setDwell(int milliseconds) { m_seenWatch.setDwell(milliseconds); }

    QSize minimumSizeHint() const override { return {160, 80}; }

signals:
    /// What comes before, or after, the loaded part that holds this message (0: there is none) is
    /// about to be scrolled to. Each once until the model grew or the loading ended. After the newest
    /// message: it is followed, and so much is loaded that what is far above may go.
    void olderRequested(confab::Seq seq);
    void newerRequested(confab::Seq seq);
    void seen(confab::Seq seq);
    void retryRequested(const QString &cid);
    void discardRequested(const QString &cid);
    /// A message that is stuck is to be written again, beginning with its text.
    void editRequested(const QString &cid, const QString &text);
    void linkActivated(const QUrl &url); ///< safe to open
    void messageRequested(confab::Seq seq); ///< to be shown, loaded or not
    /// The date of a pill was clicked: another one is to be chosen, at this place on the screen.
    void dateClicked(const QDate &day, const QPoint &where);
    /// Messages before this number are to be copied; takeCopyPage() is the answer.
    void copyPageWanted(confab::Seq before);
    /// The thumb was dragged to this message, which is not loaded; showPlace() is the answer.
    void placeRequested(confab::Seq seq);
    /// Of those in MessageItem::actions all but what the view does itself. `key` may have got its
    /// number.
    void actionRequested(confab::MessageAction action, const confab::RowKey &key);
    /// For the messages chosen: Copy is done by the view; Forward or Delete.
    void selectionActionRequested(confab::MessageAction action, const QList<confab::Seq> &messages);
    void choiceChanged(); ///< choice(): begun, ended, more or fewer
    /// A picture, film, voice message, file or contact; `fraction` is how far along its waveform.
    void mediumClicked(
        const confab::RowKey &key, int part, confab::PartLayout::Zone zone, qreal fraction);
    void reactionPressed(confab::Seq seq, const QString &emoji);
    /// A button to be answered or followed; `seq` is the message it stands in.
    void buttonPressed(confab::Seq seq, const confab::MessagePart::Button &button);
    /// A key that belongs to the composer was pressed here.
    void keyForComposer(QKeyEvent *event);

protected:
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void scrollContentsBy(int, int) override {
    } // the scroll bar only says where; see moveToUnits()

private:
    /// A place in the view: the row, and the point relative to its top left corner.
    struct Hit {
        const RowWindow::PlacedRow *placed = nullptr;
        QPointF point;
        CodeOffsets offsets;
    };
    /// The code block in which the button was pressed.
    struct HeldCode {
        RowKey row;
        int part = 0;
        std::optional<qreal> thumb; ///< held there, from its left edge; else a selection began
    };

    void connectModel();
    void scheduleUpdate();
    void catchUp();
    void prepareRows();
    bool prepareFrame();
    void updateRows();
    void showFrame();
    bool layOutRows();
    void placeFirst();
    void afterMove();
    void updateScrollBar();
    void moveToUnits(int units);
    void takeScrollAction(int action);
    void updateJumpButton();
    void requestHistory();
    void requestOlder(const Topic &topic);
    void requestNewer(const Topic &topic);
    void joinParts(Seq seq);
    void forgetRequests();
    void updateSeen();
    void updateEmptyNote();
    void rowsArrived(int first, int last);
    void announce(int row);
    void showFloatingDate();
    void applyTheme();
    void watchWindow();

    bool handleNavigation(QKeyEvent *event);
    void moveFocus(int step);
    Hit hitAt(const QPoint &position) const;
    QString tooltipOf(const Hit &hit) const;
    TextPosition positionAt(const QPoint &position) const;
    RowState stateOf(const RowWindow::PlacedRow &placed) const;
    bool clickParts(const Hit &hit);
    bool clickContent(const Hit &hit);
    bool clickFoot(const Hit &hit);
    bool takeCommandKey(QKeyEvent *event);
    void updateCursor(const QPoint &position);
    bool takeActionKey(QKeyEvent *event, int row);
    void continueCopy();
    bool takeChoiceKey(QKeyEvent *event);
    bool takeSelectionKey(QKeyEvent *event);
    void performOnFailed(MessageAction action, int row);
    void toggleChosen(int row, bool range);
    void choiceHasChanged();
    QMenu *makeMenu(const Hit &hit);
    void addMessageActions(QMenu &menu, const Hit &hit);
    void popUp(QMenu *menu, const QPoint &where);
    int hoveredRow() const;
    void setHovered(const std::optional<QPoint> &position);
    void updateHoverActions();
    void updateHoveredCode();
    void autoScroll();
    void repaintRow(const RowWindow::PlacedRow &placed);
    bool scrollCodeAt(const QPoint &position, int dx);
    bool scrollFocusedCode(int direction);
    void revealInCode(int row, int character);
    void holdCode(const Hit &hit);
    Hit heldRow() const;
    void dragThumb(qreal x);
    int beyondHeldCode(const QPoint &position) const;
    void scrollHeldCode(int dx);

    /// Where the person was reading.
    struct Place {
        RowKey row; ///< the topmost one on screen
        int top = 0;
        bool pinned = true;
    };

    const Theme &m_theme;
    MediaLibrary *m_media = nullptr;
    MessageStyle m_style;
    MessageRows m_rows;
    RowWindow m_window;
    MessageSelection m_selection;
    MessageChoice m_choice;
    CodeScroll m_code;
    std::optional<HeldCode> m_held;
    std::optional<SelectionCopy> m_copy; ///< while pages for it are awaited
    SeenWatch m_seenWatch;
    EmptyNote *m_empty;
    JumpButton *m_jump;
    HoverActions *m_hover;
    QList<QMetaObject::Connection> m_connections;
    QPointer<QWidget> m_watchedWindow;
    RowKey m_focus;
    RowKey m_hoverRow; ///< the one the hover actions stand beside
    int m_hoverCode = -1; ///< part of it under the pointer that is a code block
    std::optional<QPoint> m_pointer; ///< in the viewport, unless it moved with the rows
    QPoint m_wheelRest; ///< of turns too small for a pixel
    QPoint m_pressed;
    QPoint m_dragged;
    QBasicTimer m_updateTimer;
    QElapsedTimer m_sinceUpdate; ///< since changes of the model were laid out last
    QBasicTimer m_dragTimer;
    QBasicTimer m_prepareTimer; ///< while rows ahead of a scroll are laid out between frames
    int m_direction = -1; ///< of the last scroll
    int m_postponed = 0; ///< turns for which a frame has been waiting for its layouts
    QTimer m_dateTimer;
    std::unique_ptr<QTextLayout> m_dateLine; ///< of the date that floated last
    QTimer m_foundTimer;
    RowKey m_found;
    std::optional<Place> m_place; ///< before the first jump
    mutable HitMarker m_marker;
    bool m_placeAsked = false; ///< showPlace() is awaited
    bool m_olderAsked = false;
    bool m_newerAsked = false;
    quint64 m_paints = 0;
    bool m_unplaced = false; ///< nothing shown yet since the model was set
    bool m_ownScroll = false; ///< the scroll bar is being moved by the view
    bool m_selecting = false;
};

}
