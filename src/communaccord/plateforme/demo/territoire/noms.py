"""Invented names: plausible, and none of them is the name of a real commune or intercommunalité (a test looks)."""

EPCI = "Communauté de communes du Val d'Arvelle (fictif)"
EPCI_GRANDE = "Communauté d'agglomération Arvelle et Sorvane (fictif)"

_NOMS = """
Montarvel, Sauvelande, Pierrelouvre, Castelombre, Fontvermeil, Vernouvre,
Chantelouvre, Aubremont-sur-Arvelle, Rivecombe, Longuevaux, La Neuvelande, Saint-Éloi-d'Arvelle, Brinecourt, Puysorel,
Les Escandelles, Merlouvre, Roncevigne, Grandlande, Villarvel, Trésolles, Froidevigne, Saint-Amand-des-Landelles,
Clairlande, Corminville, Le Vieil-Arvelin, Moravelle,

Hautesorvane, Bourgarvel, Ternouvre, Valsorel, Champarvel, Rouvrelles, Hautevigne, Montsorel, Vercelande, Sarmolles,
Villesorel, Quincemont, Villouvre, Fontarvel, Chamberolles, Gersonnay, Granvernay, Morvillac, Ouvernay, Ponthemont,
Renarvel, Tarvillac, Bossencourt, Charmouvre, Cormelouvre, Salvernay, Mirevaux, Combelongue, Pierrelande, Hautelande,
Bourgvallon, Vieillelande, Sauvemont, Champvermeil, Neuvevigne, Malvernay, Lormazel, Estrevigne, Estrelles, Fontenouvre,
Froidelande, Garlouvre, Gourvernay, Jarmeville, Jonquelles, Liverolles, Marvigneul, Mesnouvre, Monteclair, Montbrisel,
Noyelouvre, Oroncelles, Parvilly, Perroncelles, Plessouvre, Prévernay, Puyvernac, Puymarvel, Quéronac, Ravincourt,
Reugnolles, Romarvel, Rouvelande, Savigneul, Sorigneul, Tramevigne, Urcelande, Vautelande, Vergnolles, Vernegoul,
Vicsorel, Voisigneul, Yvernolles, Courcevigne, Lignouvre, Marcelouvre, Pernouvelle, Sermazelles, Aigremontel,
Saint-Aubin-du-Sorvanais, Saint-Barthélemy-d'Arvelle, Saint-Brice-sur-Sorvane, Saint-Clément-des-Landelles,
Saint-Cyr-de-Sorvane, Saint-Denis-du-Vieil-Arvelin, Saint-Étienne-d'Arvelle, Saint-Ferréol-sur-Sorvane,
Saint-Genès-des-Vaurelles, Saint-Jean-de-Sorvane, Saint-Julien-des-Escandes,
Saint-Laurent-sur-Arvelle, Saint-Léger-du-Sorvanais, Saint-Loup-d'Arvelle, Saint-Maurice-des-Landelles,
Saint-Médard-sur-Sorvane, Saint-Michel-de-Roncelles, Saint-Pardoux-d'Arvelle, Saint-Rémy-sur-Sorvane,
Saint-Sauveur-des-Vaurelles, Saint-Vincent-du-Sorvanais, Sainte-Colombe-d'Arvelle, Sainte-Foy-sur-Sorvane,
Sainte-Gemme-des-Landelles, Sainte-Radegonde-d'Arvelle, Notre-Dame-de-Sorvane, La Chapelle-d'Arvelle,
La Chapelle-des-Vaurelles, La Ferté-Sorvane, La Roche-d'Arvelle, La Motte-Sorvanaise, Le Mesnil-d'Arvelle,
Le Plessis-Sorvane, Les Vaurelles, Les Landelles-d'Arvelle, L'Hôpital-Sorvane, Les Granges-d'Arvelle,
Villeneuve-sur-Sorvane, Neuville-d'Arvelle, Pont-de-Sorvane, Moulins-sur-Arvelle, Châtillon-d'Arvelle,
Mareuil-sur-Sorvane, Bussy-les-Landelles, Ouvrelle-le-Haut, Ouvrelle-le-Bas, Beaumont-d'Arvelle,
Bellevigne-d'Arvelle, Cormes-sur-Sorvane, Thil-d'Arvelle, Vaurelle-la-Ronde,
Breuil-sur-Sorvane, Luzenne-d'Arvelle
"""

NOMS = tuple(" ".join(nom.split()) for nom in _NOMS.split(","))
