#pragma once

#include "models/searchresultsmodel.h"
#include "widgets/theme.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QListView;
class QStackedWidget;

namespace confab {

class SearchDelegate;

/// Search over all chats of an account, in the place of the chat list: field, filters to add, and the
/// hits. Typing searches; Down goes to the hits, Enter opens one, Escape closes. Knows no archive: the
/// model asks for its pages.
class SearchPane : public QWidget
{
    Q_OBJECT

public:
    explicit SearchPane(const Theme &theme, QWidget *parent = nullptr);

    /// Both nullptr: no account. They outlive the pane or are taken away first.
    void setModel(TopicList *topics, SearchResultsModel *model);
    /// What the filter "in:" offers; empty: none.
    void setOpenTopic(const TopicName &topic);
    void focusField(); ///< with its text selected
    QString text() const;
    void setText(const QString &text); ///< searches at once

signals:
    /// The person wants to read this one in its place.
    void hitChosen(const confab::TopicName &topic, confab::Seq seq, const confab::SearchQuery &query);
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *buildBar();
    QWidget *buildFilters();
    QWidget *buildNote();
    void search();
    void addFilter(const QString &key);
    void choose(const QModelIndex &index);
    void showState();
    bool handleFieldKey(int key);

    const Theme &m_theme;
    QPointer<TopicList> m_topics;
    QPointer<SearchResultsModel> m_model;
    SearchDelegate *m_delegate;
    QLineEdit *m_field = nullptr;
    QLabel *m_count = nullptr;
    QStackedWidget *m_stack = nullptr;
    QListView *m_view = nullptr;
    QLabel *m_note = nullptr;
    TopicName m_openTopic;
};

}
