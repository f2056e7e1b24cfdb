"""Everyday short forms of forenames. They rank suggestions and never decide."""

from visitor_register.domain.names import fold

_FORMS = (
    "william bill billy will liam|elizabeth liz lizzie beth betty eliza|robert rob bob bobby robbie"
    "|richard rick dick rich richie|katherine kate kathy katie cathy kat kath"
    "|catherine kate cathy katie cath|kathryn kate kathy katie|margaret maggie meg peggy"
    "|edward ed ted eddie ned|thaddeus ted thad|james jim jimmy jamie|john jack johnny jon"
    "|jonathan jon jonny|michael mike mick micky|anthony tony|antony tony|andrew andy drew"
    "|christopher chris kit|christine chris chrissie|daniel dan danny|david dave davey"
    "|deborah deb debbie debs|dorothy dot dotty|alexander alex sandy sasha|alexandra alex sandra sasha"
    "|aleksandra ola alex sandra|henry harry hal|joseph joe joey|josephine jo josie|joanne jo|joanna jo"
    "|patricia pat tricia trish patsy|patrick pat paddy|peter pete|philip phil pip|philippa pip pippa"
    "|rebecca becky bex becca|samuel sam|samantha sam|sarah sally sal|stephen steve|steven steve"
    "|susan sue susie|theodore ted theo|thomas tom tommy|victoria vicky tori|charles charlie chas"
    "|francis frank fran|frances fran frankie|gillian gill jill|jacqueline jackie jacqui"
    "|jennifer jen jenny|judith judy jude|lawrence larry laurie|matthew matt|nicholas nick nicky"
    "|nicola nicky nic|pamela pam|penelope penny|raymond ray|ronald ron|geoffrey geoff jeff"
    "|mohammed mo moh|muhammad mo|mohamed mo|oluwaseun seun|percival percy|bartholomew bart|gwendolyn gwen"
    "|winifred win freddie"
)
_SHORT = {
    (words.split()[0], short) for words in _FORMS.replace("\n", "").split("|") for short in words.split()[1:]
}  # fmt: skip


def may_be_short_for(one: str, other: str) -> bool:
    """Say whether two forenames are often one person's: "Bill" and "William", "Des" and "Desmond"."""
    first, second = sorted((fold(one).strip("."), fold(other).strip(".")), key=len)
    if len(first) >= 3 and second.startswith(first):
        return True
    return (second, first) in _SHORT or (first, second) in _SHORT
